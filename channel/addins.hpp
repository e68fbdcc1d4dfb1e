// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <freerdp/freerdp.h>

#include <string>

namespace preflight {

/// The static channel that could not be loaded and so ended the connection before it was dialled:
/// asked for after ours, not built in, and without a file. Empty when there is none.
std::string missing_addin(const rdpContext* context);

/// The file in which FreeRDP looks for the add-in `name`; without a folder where FreeRDP leaves it
/// to the system.
std::string addin_file(const std::string& name);

}  // namespace preflight
