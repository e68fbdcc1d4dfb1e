# SPDX-License-Identifier: Apache-2.0
preflight_test(probe-look-again-test probe_look_again_test.cpp
               USES preflight-probe ${CMAKE_DL_LIBS})
preflight_test(probe-messages-test probe_messages_test.cpp USES preflight-probe)
preflight_test(probe-ask-again-test probe_ask_again_test.cpp
               USES preflight-probe preflight-record)
