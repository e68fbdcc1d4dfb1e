# SPDX-License-Identifier: Apache-2.0
preflight_test(rules-test rules_test.cpp golden.cpp USES preflight-diagnose)
preflight_test(template-test template_test.cpp golden.cpp USES preflight-diagnose)
preflight_test(choose-test choose_test.cpp USES preflight-diagnose)
