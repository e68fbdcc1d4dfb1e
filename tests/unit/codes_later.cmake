# SPDX-License-Identifier: Apache-2.0
# The code tables of the later steps against the headers of the FreeRDP that is built for. Kerberos'
# header is read where it is installed; nothing else needs it.
preflight_test(codes-later-test ${CMAKE_CURRENT_LIST_DIR}/codes_later_test.cpp
               ${CMAKE_CURRENT_LIST_DIR}/code_headers.cpp
               USES preflight-toml)

# preflight_header(MACRO FILE): the path of an installed header as a macro; "" where there is none.
function(preflight_header macro)
  cmake_parse_arguments(arg "REQUIRED" "" "NAMES;PLACES" ${ARGN})
  find_file(path_of_${macro} NAMES ${arg_NAMES} HINTS ${arg_PLACES} PATH_SUFFIXES mit-krb5)
  mark_as_advanced(path_of_${macro})
  set(path "${path_of_${macro}}")
  if(NOT path AND arg_REQUIRED)
    message(FATAL_ERROR "${arg_NAMES} is missing: FreeRDP's development package is incomplete.")
  elseif(NOT path)
    set(path "")
  endif()
  target_compile_definitions(codes-later-test PRIVATE ${macro}="${path}")
endfunction()

get_target_property(places preflight-freerdp INTERFACE_INCLUDE_DIRECTORIES)
preflight_header(HEADER_NTSTATUS NAMES winpr/nt.h PLACES ${places} REQUIRED)
preflight_header(HEADER_SSPI NAMES winpr/sspi.h PLACES ${places} REQUIRED)
preflight_header(HEADER_FREERDP NAMES freerdp/freerdp.h PLACES ${places} REQUIRED)
preflight_header(HEADER_LOGON NAMES freerdp/settings_types.h freerdp/settings.h PLACES ${places}
                 REQUIRED)
preflight_header(HEADER_LICENSE NAMES freerdp/license.h PLACES ${places})
preflight_header(HEADER_HTTP NAMES freerdp/utils/http.h PLACES ${places})
preflight_header(HEADER_KRB5 NAMES krb5/krb5.h PLACES /usr/include)
