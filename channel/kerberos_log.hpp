// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

namespace preflight {

/// Listens to what FreeRDP 3 logs of Kerberos: errors of libkrb5 on this computer reach the log and
/// nothing else. Each line goes on to where it would have gone. Once per process, for good; what
/// another thread than a connecting one logs is only passed on. Does nothing for FreeRDP 2, whose
/// lines have no code, and where the program has given that logger a way of its own.
void listen_to_kerberos() noexcept;

}  // namespace preflight
