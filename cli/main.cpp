// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/client.hpp"
#include "cli/frame.hpp"

int main(int count, char** arguments) {
    preflight::cli::Frame frame;
    frame.client = preflight::cli::installed_client();
    return preflight::cli::run({arguments + (count > 0), arguments + count}, frame);
}
