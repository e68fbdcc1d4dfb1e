# SPDX-License-Identifier: Apache-2.0
# The command line: what it looks up, what it says, its options in help, manual and completions.
preflight_test(cli-lookup-test cli_lookup_test.cpp USES preflight-cli)
preflight_test(cli-log-test cli_log_test.cpp golden.cpp USES preflight-cli)
preflight_test(cli-explain-test cli_explain_test.cpp cli_run.cpp golden.cpp USES preflight-cli)
preflight_test(cli-frame-test cli_frame_test.cpp cli_run.cpp golden.cpp USES preflight-cli)
preflight_test(cli-client-test cli_client_test.cpp USES preflight-cli)

# Installs the command line alone and tries its completions in the shells that are here.
add_test(NAME cli-install
         COMMAND ${CMAKE_CURRENT_LIST_DIR}/shape/cli_install.sh ${CMAKE_COMMAND} ${CMAKE_BINARY_DIR})
set_tests_properties(cli-install PROPERTIES LABELS unit)
