// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <cstdio>
#include <cstdlib>

#include "fuzz/oracle.hpp"

// One libFuzzer program for each oracle: ORACLE is its name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const preflight::fuzz::Oracle oracle = preflight::fuzz::oracle_named(ORACLE);
    const std::string fault = oracle({data, size});
    if (fault.empty()) return 0;
    std::fprintf(stderr, "%s: %s\n", ORACLE, fault.c_str());
    std::abort();
}
