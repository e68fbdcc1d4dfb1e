# SPDX-License-Identifier: Apache-2.0
preflight_test(catalogue-directory-test catalogue_directory_test.cpp golden.cpp
               USES preflight-diagnose)
preflight_test(pack-test pack_test.cpp golden.cpp USES preflight-diagnose)
preflight_test(examples-test examples_test.cpp golden.cpp USES preflight-report)
preflight_test(docs-test docs_test.cpp golden.cpp USES preflight-facts)

# A tool for those who write explanations: checks the catalogue and renders facts.
add_executable(catalogue-tool catalogue_tool.cpp)
target_link_libraries(catalogue-tool PRIVATE preflight-report preflight-warnings)
