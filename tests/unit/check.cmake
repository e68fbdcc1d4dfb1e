# SPDX-License-Identifier: Apache-2.0
preflight_test(check-host-test check_host_test.cpp USES preflight-check)
preflight_test(cli-check-test cli_check_test.cpp USES preflight-cli)
