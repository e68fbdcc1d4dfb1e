# SPDX-License-Identifier: Apache-2.0
# preflight_addin(SOURCES...): the target preflight-client, libpreflight-client.so (or .dylib), the
# way FreeRDP wants its add-ins, and its installation.

# Links so that nothing but the entry point is seen from outside, and that the code stays in memory:
# OpenSSL keeps pointers to it for the life of the process.
function(preflight_addin_link_options)
  set(here ${PROJECT_SOURCE_DIR}/channel)
  if(APPLE)
    # There is no linker flag against unloading: the entry point pins its own code (channel/pin.cpp).
    target_link_options(preflight-client PRIVATE
                        "LINKER:-exported_symbols_list,${here}/exports.txt" LINKER:-dead_strip)
    set_target_properties(preflight-client PROPERTIES LINK_DEPENDS ${here}/exports.txt)
  else()
    target_link_options(preflight-client PRIVATE
                        "LINKER:--version-script=${here}/exports.map" LINKER:--exclude-libs,ALL
                        LINKER:--gc-sections LINKER:--as-needed LINKER:--no-undefined
                        LINKER:-z,nodelete LINKER:-z,relro)
    set_target_properties(preflight-client PROPERTIES LINK_DEPENDS ${here}/exports.map)
  endif()
endfunction()

# FreeRDP looks in one folder only, which its build fixed. So that is where the add-in goes by default;
# another CMAKE_INSTALL_PREFIX (or cmake --install --prefix) gets the same folder below itself, as a
# FreeRDP of that prefix has it. DESTDIR comes in front of either.
macro(preflight_addin_destination)
  set(PREFLIGHT_INSTALL_DIR ${PREFLIGHT_ADDIN_DIR})
  string(FIND "${PREFLIGHT_ADDIN_DIR}" "${prefix}/" at)
  if(at EQUAL 0)
    file(RELATIVE_PATH PREFLIGHT_INSTALL_DIR ${prefix} ${PREFLIGHT_ADDIN_DIR})
    if(CMAKE_INSTALL_PREFIX_INITIALIZED_TO_DEFAULT)
      set(CMAKE_INSTALL_PREFIX ${prefix} CACHE PATH "Install path prefix" FORCE)
    endif()
  endif()
endmacro()

function(preflight_addin)
  preflight_addin_destination()
  add_library(preflight-client MODULE ${ARGN})
  set_target_properties(preflight-client PROPERTIES PREFIX lib)
  target_link_libraries(preflight-client PRIVATE preflight-small preflight-warnings)
  target_link_options(preflight-client PRIVATE ${PREFLIGHT_ADDIN_LTO})
  if(APPLE)
    set_target_properties(preflight-client PROPERTIES SUFFIX .dylib)
  endif()
  preflight_addin_link_options()
  install(TARGETS preflight-client LIBRARY DESTINATION ${PREFLIGHT_INSTALL_DIR})
endfunction()
