# SPDX-License-Identifier: Apache-2.0
# The code tables of the steps up to the certificate against the installed headers: of the FreeRDP
# that is built for, and of the other major where it is installed too.
preflight_test(codes-test ${CMAKE_CURRENT_LIST_DIR}/codes_test.cpp
               ${CMAKE_CURRENT_LIST_DIR}/code_headers.cpp
               USES preflight-diagnose preflight-wire)

set(freerdp_headers "")
foreach(major 2 3)
  find_path(INCLUDE_WITH_FREERDP${major}_ERRORS freerdp/error.h HINTS ${FREERDP${major}_INCLUDE}
            PATH_SUFFIXES freerdp${major} include/freerdp${major} NO_DEFAULT_PATH)
  find_path(INCLUDE_WITH_FREERDP${major}_ERRORS freerdp/error.h PATH_SUFFIXES freerdp${major})
  mark_as_advanced(INCLUDE_WITH_FREERDP${major}_ERRORS)
  if(INCLUDE_WITH_FREERDP${major}_ERRORS)
    string(APPEND freerdp_headers "\"${INCLUDE_WITH_FREERDP${major}_ERRORS}/freerdp/error.h\",")
  endif()
endforeach()
target_compile_definitions(codes-test PRIVATE HEADERS_FREERDP=${freerdp_headers}
                           OPENSSL_HEADERS="${OPENSSL_INCLUDE_DIR}/openssl/")

preflight_test(situations-test ${CMAKE_CURRENT_LIST_DIR}/situations_test.cpp
               USES preflight-diagnose)
