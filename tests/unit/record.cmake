# SPDX-License-Identifier: Apache-2.0
# Connections told as observations, and the facts they come to.
add_library(preflight-story STATIC story.cpp)
target_link_libraries(preflight-story PUBLIC preflight-record preflight-pdu-samples
                      PRIVATE preflight-warnings)
foreach(subject negotiation tls network)
  preflight_test(record-${subject}-test record_${subject}_test.cpp
                 USES preflight-story preflight-certificate-maker)
endforeach()
