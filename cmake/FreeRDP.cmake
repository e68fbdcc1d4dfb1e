# SPDX-License-Identifier: Apache-2.0
# Chooses the FreeRDP major (PREFLIGHT_FREERDP), and learns from FreeRDP's own build-config.h where
# it looks for add-ins. Sets PREFLIGHT_FREERDP_MAJOR, PREFLIGHT_ADDIN_DIR; target preflight-freerdp.
#
# pkg-config only tells the folders: its modules also ask for the development files of what FreeRDP
# itself was built with (zlib, cJSON, ...), which nobody needs here and Debian does not install along.

# PREFLIGHT_FREERDP=none builds the command line without the add-on, where there is no FreeRDP.
if(PREFLIGHT_FREERDP STREQUAL "none")
  return()
endif()

# Looks for headers and libraries of FreeRDP `major`; sets FREERDP<major>_FOUND.
function(preflight_find_freerdp major)
  pkg_get_variable(include freerdp${major} includedir)
  pkg_get_variable(libraries freerdp${major} libdir)
  find_path(FREERDP${major}_INCLUDE freerdp/freerdp.h HINTS ${include}
            PATH_SUFFIXES freerdp${major} include/freerdp${major})
  find_path(WINPR${major}_INCLUDE winpr/winpr.h HINTS ${include}
            PATH_SUFFIXES winpr${major} include/winpr${major})
  set(wanted FREERDP${major}_INCLUDE WINPR${major}_INCLUDE)
  foreach(name freerdp freerdp-client winpr)
    find_library(${name}${major}_LIBRARY ${name}${major} HINTS ${libraries})
    list(APPEND wanted ${name}${major}_LIBRARY)
  endforeach()
  set(FREERDP${major}_FOUND TRUE PARENT_SCOPE)
  foreach(part IN LISTS wanted)
    if(NOT ${part})
      set(FREERDP${major}_FOUND FALSE PARENT_SCOPE)
    endif()
  endforeach()
endfunction()

set(majors 3 2)
if(NOT PREFLIGHT_FREERDP STREQUAL "auto")
  set(majors ${PREFLIGHT_FREERDP})
endif()
foreach(major IN LISTS majors)
  if(NOT PREFLIGHT_FREERDP_MAJOR)
    preflight_find_freerdp(${major})
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

set(major ${PREFLIGHT_FREERDP_MAJOR})
add_library(preflight-freerdp INTERFACE)
target_include_directories(preflight-freerdp SYSTEM INTERFACE ${FREERDP${major}_INCLUDE}
                           ${WINPR${major}_INCLUDE})
target_link_libraries(preflight-freerdp INTERFACE ${freerdp${major}_LIBRARY}
                      ${freerdp-client${major}_LIBRARY} ${winpr${major}_LIBRARY})

# preflight_define(FILE NAME RESULT): the text that NAME is defined as in the header FILE.
function(preflight_define file name result)
  file(STRINGS ${FREERDP${major}_INCLUDE}/freerdp/${file} line REGEX "^#define[ \t]+${name}[ \t]+\"")
  string(REGEX REPLACE "^[^\"]*\"([^\"]*)\".*$" "\\1" value "${line}")
  set(${result} "${value}" PARENT_SCOPE)
endfunction()
if(NOT EXISTS ${FREERDP${major}_INCLUDE}/freerdp/build-config.h)
  message(FATAL_ERROR "FreeRDP's build-config.h is missing: its development package is incomplete.")
endif()
preflight_define(version.h FREERDP_VERSION_FULL PREFLIGHT_FREERDP_VERSION)
preflight_define(build-config.h FREERDP_INSTALL_PREFIX prefix)
preflight_define(build-config.h FREERDP_ADDIN_PATH addin_path)
set(PREFLIGHT_ADDIN_DIR "${prefix}/${addin_path}" CACHE PATH "Where FreeRDP looks for add-ins")
message(STATUS "FreeRDP ${PREFLIGHT_FREERDP_VERSION}; add-ins in ${PREFLIGHT_ADDIN_DIR}")
