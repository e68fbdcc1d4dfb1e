# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 the preflight authors
"""What stops a client before it dials."""
from harness.case import Case
from harness.servers import scripted

# A client that ends before it loads add-ons cannot be explained from the inside: the rows with
# id=None show that nothing is printed there, and that the client behaves as ever.
CASES = [
    Case("addin-missing", scripted("silent"), id="addin-missing", stage="local",
         args=["/vc:nosuchthing"], says=["nosuchthing"]),
    Case("no-display", scripted("silent"), env={"DISPLAY": None}, id=None),
    Case("cli-syntax", scripted("silent"), args=["/no-such-switch"], id=None),
]
