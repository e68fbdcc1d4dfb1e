// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
//
// Linked into a build of the add-on that is for tests only: everything that the tap hands to the
// recorder is also written to the file named by PREFLIGHT_RECORDING, a line for each observation.
#include <cstdio>
#include <cstdlib>
#include <exception>

#include "record/recorder.hpp"
#include "told.hpp"

using preflight::Observation;
using preflight::Recorder;

// The linker's --wrap puts our function in the place of Recorder::observe, and gives us that one.
extern "C" {
void __real__ZN9preflight8Recorder7observeERKNS_11ObservationE(Recorder*, const Observation&);
void __wrap__ZN9preflight8Recorder7observeERKNS_11ObservationE(Recorder*, const Observation&);
}

namespace {

std::FILE* recording() {
    static std::FILE* const file = [] {
        const char* const path = std::getenv("PREFLIGHT_RECORDING");
        return path ? std::fopen(path, "w") : nullptr;
    }();
    return file;
}

void write_down(const Observation& observation) {
    if (!recording()) return;
    const std::string line = preflight::test::line_of(preflight::test::told(observation.what));
    if (line.empty()) return;
    std::fprintf(recording(), "%s\n", line.c_str());
    std::fflush(recording());
}

}  // namespace

void __wrap__ZN9preflight8Recorder7observeERKNS_11ObservationE(Recorder* recorder,
                                                               const Observation& observation) {
    write_down(observation);
    __real__ZN9preflight8Recorder7observeERKNS_11ObservationE(recorder, observation);
}
