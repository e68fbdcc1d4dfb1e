# SPDX-License-Identifier: Apache-2.0
preflight_test(report-text-test report_text_test.cpp golden.cpp USES preflight-report)
preflight_test(report-style-test report_style_test.cpp USES preflight-report)
preflight_test(report-json-test report_json_test.cpp golden.cpp schema.cpp USES preflight-report)
