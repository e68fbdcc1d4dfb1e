# SPDX-License-Identifier: Apache-2.0
# The parsers of the steps behind TLS and of gateways, and what the Recorder makes of them.
add_library(preflight-pdu-samples STATIC pdu_maker.cpp pdu_samples.cpp)
target_link_libraries(preflight-pdu-samples PRIVATE preflight-warnings)
foreach(subject der credssp spnego mcs share gateway torment)
  preflight_test(wire-${subject}-test wire_${subject}_test.cpp
                 USES preflight-wire preflight-pdu-samples)
endforeach()
foreach(subject authentication session gateway)
  preflight_test(record-${subject}-test record_${subject}_test.cpp USES preflight-story)
endforeach()
preflight_test(ntstatus-test ntstatus_test.cpp USES preflight-diagnose)
preflight_test(record-life-test record_life_test.cpp USES preflight-story preflight-diagnose)
