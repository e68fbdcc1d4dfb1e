# SPDX-License-Identifier: Apache-2.0
# Capture files, where what reads them is there.
if(TARGET preflight-replay)
  preflight_test(replay-test replay_test.cpp traffic.cpp golden.cpp
                 USES preflight-replay preflight-pdu-samples)
  preflight_test(replay-file-test replay_file_test.cpp golden.cpp
                 USES preflight-replay preflight-pdu-samples preflight-diagnose)
endif()

# Negotiation facts against those of tshark, where that is installed.
if(TARGET preflight-replay AND TARGET rdp-preflight)
  file(GLOB captures CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/data/captures/*.pcap)
  add_test(NAME replay-tshark-test COMMAND ${PROJECT_SOURCE_DIR}/tests/replay/agrees_with_tshark.py
           $<TARGET_FILE:rdp-preflight> ${captures})
  set_tests_properties(replay-tshark-test PROPERTIES LABELS unit SKIP_RETURN_CODE 77)
endif()
