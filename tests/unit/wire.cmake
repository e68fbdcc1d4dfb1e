# SPDX-License-Identifier: Apache-2.0
# The parsers of the steps up to TLS.
foreach(subject x224 tls text)
  preflight_test(wire-${subject}-test wire_${subject}_test.cpp
                 USES preflight-wire preflight-pdu-samples)
endforeach()
