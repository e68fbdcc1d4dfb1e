// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "channel/pin.hpp"

#if defined(__APPLE__)
#include <dlfcn.h>
#endif

namespace preflight {

void pin_code() noexcept {
#if defined(__APPLE__)
    Dl_info ours{};
    if (dladdr(reinterpret_cast<const void*>(&pin_code), &ours) && ours.dli_fname)
        dlopen(ours.dli_fname, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
#endif
}

}  // namespace preflight
