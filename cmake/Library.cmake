# SPDX-License-Identifier: Apache-2.0

# Warnings for our own code only.
add_library(preflight-warnings INTERFACE)
target_compile_options(preflight-warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion
                       -Wno-sign-conversion -Wnon-virtual-dtor)

# The add-on lives in other people's processes: small before fast. What it does not use is left out
# when it is linked, and it is then optimised as a whole, which makes it a third smaller. The objects
# also hold finished code, so that linking a test costs what it always did. (Clang 14 knows no such
# objects.)
option(PREFLIGHT_LTO "Optimise the add-on as a whole when it is linked (GCC)" ON)
add_library(preflight-small INTERFACE)
target_compile_options(preflight-small INTERFACE -ffunction-sections -fdata-sections
                       $<$<NOT:$<CONFIG:Debug>>:-Os>)
if(PREFLIGHT_LTO AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(preflight-small INTERFACE
                         $<$<NOT:$<CONFIG:Debug>>:-flto=auto>
                         $<$<NOT:$<CONFIG:Debug>>:-ffat-lto-objects>)
  set(PREFLIGHT_ADDIN_LTO $<$<NOT:$<CONFIG:Debug>>:-flto=auto>)
  string(APPEND CMAKE_EXE_LINKER_FLAGS " -fno-lto")
endif()

# preflight_library(NAME SOURCES... [USES LIBRARIES...]): one small static library per folder, whose
# headers are included as "folder/header.hpp". USES names what it may depend on: arrows point one way.
function(preflight_library name)
  cmake_parse_arguments(arg "" "" "USES" ${ARGN})
  add_library(${name} STATIC ${arg_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/plugin)
  target_link_libraries(${name} PUBLIC ${arg_USES} PRIVATE preflight-warnings
                        preflight-small)
endfunction()
