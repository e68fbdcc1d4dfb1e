// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#pragma once

#include <openssl/err.h>
#include <pthread.h>

#include <cerrno>
#include <utility>

namespace preflight {

/// Leaves errno, OpenSSL's error queue and the thread's cancellation as they were: FreeRDP looks at
/// the first two after the calls we listen to, and Remmina cancels its connecting thread, which
/// must not unwind through a noexcept function.
class Guest {
  public:
    Guest() noexcept : errno_(errno) {
        pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_);
        ERR_set_mark();
    }
    ~Guest() {
        ERR_pop_to_mark();
        pthread_setcancelstate(cancel_, nullptr);
        errno = errno_;
    }
    Guest(const Guest&) = delete;
    Guest& operator=(const Guest&) = delete;

  private:
    int errno_;
    int cancel_ = PTHREAD_CANCEL_ENABLE;
};

/// Runs `work` as a guest: whatever it throws ends here, and our observing with it, never the
/// session.
template <class Work>
void as_guest(Work&& work) noexcept {
    Guest guest;
    try {
        std::forward<Work>(work)();
    } catch (...) {
    }
}

}  // namespace preflight
