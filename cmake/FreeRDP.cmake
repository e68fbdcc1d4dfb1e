# SPDX-License-Identifier: Apache-2.0
# Chooses the FreeRDP major (PREFLIGHT_FREERDP), and learns from FreeRDP's own build-config.h where
# it looks for add-ins. Sets PREFLIGHT_FREERDP_MAJOR, PREFLIGHT_ADDIN_DIR; target preflight-freerdp.

set(majors 3 2)
if(NOT PREFLIGHT_FREERDP STREQUAL "auto")
  set(majors ${PREFLIGHT_FREERDP})
endif()
foreach(major IN LISTS majors)
  if(NOT PREFLIGHT_FREERDP_MAJOR)
    pkg_check_modules(FREERDP${major} QUIET IMPORTED_TARGET
                      freerdp${major} freerdp-client${major} winpr${major})
    if(FREERDP${major}_FOUND)
      set(PREFLIGHT_FREERDP_MAJOR ${major})
    endif()
  endif()
endforeach()
if(NOT PREFLIGHT_FREERDP_MAJOR)
  if(PREFLIGHT_FREERDP STREQUAL "2")
    preflight_missing("FreeRDP 2 (development files)" freerdp2-dev freerdp2-devel freerdp@2)
  else()
    preflight_missing("FreeRDP (development files)" "freerdp3-dev or freerdp2-dev" freerdp-devel
                      freerdp)
  endif()
endif()

add_library(preflight-freerdp INTERFACE)
target_link_libraries(preflight-freerdp INTERFACE PkgConfig::FREERDP${PREFLIGHT_FREERDP_MAJOR})

find_file(FREERDP_BUILD_CONFIG freerdp/build-config.h
          HINTS ${FREERDP${PREFLIGHT_FREERDP_MAJOR}_INCLUDE_DIRS} NO_DEFAULT_PATH)
if(NOT FREERDP_BUILD_CONFIG)
  message(FATAL_ERROR "FreeRDP's build-config.h is missing: its development package is incomplete.")
endif()
function(preflight_build_config name result)
  file(STRINGS ${FREERDP_BUILD_CONFIG} line REGEX "^#define[ \t]+${name}[ \t]+\"")
  string(REGEX REPLACE "^[^\"]*\"([^\"]*)\".*$" "\\1" value "${line}")
  set(${result} "${value}" PARENT_SCOPE)
endfunction()
preflight_build_config(FREERDP_INSTALL_PREFIX prefix)
preflight_build_config(FREERDP_ADDIN_PATH addin_path)
set(PREFLIGHT_ADDIN_DIR "${prefix}/${addin_path}" CACHE PATH "Where FreeRDP looks for add-ins")
message(STATUS "FreeRDP ${FREERDP${PREFLIGHT_FREERDP_MAJOR}_freerdp${PREFLIGHT_FREERDP_MAJOR}_VERSION}; "
               "add-ins in ${PREFLIGHT_ADDIN_DIR}")
