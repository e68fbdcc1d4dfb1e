# SPDX-License-Identifier: Apache-2.0
add_library(preflight-certificate-maker STATIC certificate_maker.cpp)
target_link_libraries(preflight-certificate-maker PUBLIC OpenSSL::Crypto
                      PRIVATE preflight-warnings)
preflight_test(certificate-test certificate_test.cpp
               USES preflight-certificate preflight-certificate-maker)
