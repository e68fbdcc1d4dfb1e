# SPDX-License-Identifier: Apache-2.0
preflight_test(facts-json-test facts_json_test.cpp USES preflight-facts)
