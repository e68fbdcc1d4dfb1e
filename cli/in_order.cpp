// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "cli/in_order.hpp"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace preflight::cli {
namespace {

class Line {
  public:
    Line(std::size_t count, std::size_t ahead) : count_(count), ahead_(ahead) {}

    /// The next number to work on; false when there is none.
    bool next(std::size_t& number) {
        std::unique_lock lock(mutex_);
        moved_.wait(lock, [&] { return begun_ >= count_ || begun_ < taken_ + ahead_; });
        if (begun_ >= count_) return false;
        number = begun_++;
        return true;
    }

    /// Hands over what is due.
    template <class Take>
    void done(std::size_t number, std::string result, const Take& take) {
        const std::lock_guard lock(mutex_);
        waiting_.emplace(number, std::move(result));
        while (!waiting_.empty() && waiting_.begin()->first == taken_) {
            take(taken_, waiting_.begin()->second);
            waiting_.erase(waiting_.begin());
            ++taken_;
        }
        moved_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable moved_;
    std::map<std::size_t, std::string> waiting_;
    std::size_t count_;
    std::size_t ahead_;
    std::size_t begun_ = 0;
    std::size_t taken_ = 0;
};

}  // namespace

void in_order(std::size_t count, std::size_t jobs,
              const std::function<std::string(std::size_t)>& work,
              const std::function<void(std::size_t, const std::string&)>& take) {
    constexpr std::size_t results_for_each_job = 4;
    Line line(count, jobs * results_for_each_job);
    const auto run = [&] {
        for (std::size_t number = 0; line.next(number);) line.done(number, work(number), take);
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min(jobs, count); ++i) threads.emplace_back(run);
    run();
    for (auto& thread : threads) thread.join();
}

}  // namespace preflight::cli
