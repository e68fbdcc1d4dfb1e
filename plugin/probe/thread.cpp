// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "probe/thread.hpp"

#include <pthread.h>
#include <signal.h>

#include <thread>

namespace preflight {

bool start_thread(std::function<void()> work) noexcept {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = true;
    try {
        std::thread([work = std::move(work)] {
            try {
                work();
            } catch (...) {
            }
        }).detach();
    } catch (...) {
        started = false;
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return started;
}

}  // namespace preflight
