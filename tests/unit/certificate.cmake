# SPDX-License-Identifier: Apache-2.0
add_library(preflight-certificate-maker STATIC certificate_maker.cpp)
target_link_libraries(preflight-certificate-maker PUBLIC OpenSSL::Crypto
                      PRIVATE preflight-warnings)
preflight_test(certificate-test certificate_test.cpp
               USES preflight-certificate preflight-certificate-maker)
find_program(OPENSSL_TOOL openssl)
mark_as_advanced(OPENSSL_TOOL)
if(OPENSSL_TOOL)
  preflight_test(certificate-hostile-test certificate_hostile_test.cpp openssl_tool.cpp
                 USES preflight-story preflight-certificate-maker preflight-diagnose
                      preflight-report)
endif()
