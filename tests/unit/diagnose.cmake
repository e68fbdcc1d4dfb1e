# SPDX-License-Identifier: Apache-2.0
# A tool for those who write explanations: checks the catalogue and renders facts.
add_executable(catalogue-tool catalogue_tool.cpp)
target_link_libraries(catalogue-tool PRIVATE preflight-report preflight-warnings)
