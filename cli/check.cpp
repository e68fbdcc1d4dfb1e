// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include "check/check.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <memory>

#include "certificate/authorities.hpp"
#include "check/client.hpp"
#include "check/survey.hpp"
#include "cli/check_hosts.hpp"
#include "cli/check_output.hpp"
#include "cli/client.hpp"
#include "cli/commands.hpp"
#include "cli/in_order.hpp"
#include "cli/progress.hpp"

namespace preflight::cli {
namespace {

struct CheckOptions {
    std::vector<std::string> hosts;
    std::string list;
    bool full = false;
    bool verbose = false;
    double timeout_s = 5;
    std::size_t jobs = 32;
    std::int64_t warn_days = 30;
    std::string client;
    std::string catalogue;
    OutputOptions output;
};

/// Those named, and those in the list; false, with a word about it, where there is a mistake.
bool collect(const CheckOptions& options, Frame& frame, std::vector<HostToCheck>& hosts) {
    frame.exit_code = ExitCode::usage;
    for (const auto& text : options.hosts) {
        const auto host = read_host(text);
        if (!host) return frame.problem("no host: " + text), false;
        hosts.push_back(*host);
    }
    if (!options.list.empty()) {
        std::ifstream file;
        if (options.list != "-") file.open(options.list);
        std::istream& list = options.list == "-" ? frame.in : file;
        std::vector<std::string> problems;
        if (!list) {
            frame.exit_code = ExitCode::unreadable;
            return frame.problem("cannot read " + options.list), false;
        }
        auto listed = read_hosts(list, problems);
        for (const auto& problem : problems) frame.problem("no host in " + problem);
        if (!problems.empty()) return false;
        hosts.insert(hosts.end(), listed.begin(), listed.end());
    }
    if (hosts.empty()) return frame.problem("which host? see rdp-preflight check --help"), false;
    frame.exit_code = ExitCode::success;
    return true;
}

CheckRequest request_for(const CheckOptions& options) {
    CheckRequest request;
    request.client = client_facts(options.client);
    add_defaults(request.client);
    request.tls = tls_context(offer_of(request.client));
    if (options.full) request.survey = survey_fully;
    request.timeout =
        std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout_s * 1000));
    request.warn_days = options.warn_days;
    return request;
}

/// One result in the form that was asked for.
class Form {
  public:
    Form(const CheckOptions& options, bool many)
        : format_(options.output.format),
          verbose_(options.verbose),
          many_(many),
          style_(options.output.style(verbose_ ? Detail::verbose : Detail::report)) {}

    std::string before() const {
        if (format_ == "csv") return check_csv_header();
        return format_ == "json" && many_ ? "[\n" : "";
    }
    std::string between() const {
        if (format_ == "json") return ",\n";
        return format_ == "text" && verbose_ ? "\n" : "";
    }
    std::string after() const { return format_ == "json" && many_ ? "]\n" : ""; }

    std::string of(const CheckResult& result) const {
        if (format_ == "csv") return check_csv(result);
        if (format_ == "text")
            return many_ && !verbose_ ? check_short(result, style_) : check_text(result, style_);
        return render_json(result.explanation, result.facts, format_ == "jsonl");
    }

  private:
    std::string format_;
    bool verbose_;
    bool many_;
    TextStyle style_;
};

/// How many of them came to what.
struct Tally {
    std::size_t would = 0;
    std::size_t warnings = 0;
    std::size_t would_not = 0;
    std::size_t undecided = 0;

    void add(ExitCode code) {
        would += code == ExitCode::success;
        warnings += code == ExitCode::warnings;
        would_not += code == ExitCode::would_not_connect;
        undecided += code == ExitCode::undecided;
    }
    std::string words() const {
        std::string text = std::to_string(would + warnings) + " would connect";
        if (warnings) text += " (" + std::to_string(warnings) + " with warnings)";
        text += ", " + std::to_string(would_not) + " would not";
        if (undecided) text += ", " + std::to_string(undecided) + " not known";
        return text;
    }
};

/// A result on its way to the output; the mark of its exit code goes in front of the text.
std::string packed(ExitCode code, const std::string& text) {
    return static_cast<char>(code) + text;
}

/// Each of many threads would get a heap of its own from glibc, and none gives back what it had.
void share_heaps() {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 2);
#endif
}

void check_all(const std::vector<HostToCheck>& hosts, const CheckOptions& options, Frame& frame) {
    const CheckRequest common = request_for(options);
    const Catalogue catalogue = load_catalogue(options.catalogue, frame);
    const Form form(options, hosts.size() > 1);
    keep_authorities();
    share_heaps();
    Progress progress(frame.err, hosts.size(), &frame.err == &std::cerr && isatty(STDERR_FILENO));
    Tally tally;
    frame.out << form.before();
    const auto work = [&](std::size_t number) {
        CheckRequest request = common;
        request.host = hosts[number].host;
        request.port = hosts[number].port;
        const CheckResult result = check_host(request, catalogue);
        return packed(exit_code_of(result), form.of(result));
    };
    const auto take = [&](std::size_t number, const std::string& result) {
        const auto code = static_cast<ExitCode>(result.front());
        tally.add(code);
        frame.exit_code = worse(frame.exit_code, code);
        progress.clear();
        frame.out << (number ? form.between() : "") << result.substr(1) << std::flush;
        progress.show(number + 1, ": " + tally.words());
    };
    in_order(hosts.size(), options.jobs, work, take);
    progress.clear();
    frame.out << form.after();
    if (hosts.size() > 1 && options.output.format == "text")
        frame.out << "\n" << hosts.size() << " hosts: " << tally.words() << "\n";
}

void check(const CheckOptions& options, Frame& frame) {
    std::vector<HostToCheck> hosts;
    if (collect(options, frame, hosts)) check_all(hosts, options, frame);
}

void add_limits(CLI::App& command, CheckOptions& options) {
    constexpr double longest_s = 600;
    constexpr int most_jobs = 512;
    constexpr int longest_days = 10000;
    command.add_option("--timeout", options.timeout_s, "limit for each host, in seconds (5)")
        ->type_name("S")
        ->check(CLI::Range(0.1, longest_s).description(""));
    command.add_option("--jobs", options.jobs, "hosts at the same time (32)")
        ->type_name("N")
        ->check(CLI::Range(1, most_jobs).description(""));
    command
        .add_option("--warn-days", options.warn_days,
                    "warn of a certificate that ends within so many days (30)")
        ->type_name("N")
        ->check(CLI::Range(0, longest_days).description(""));
}

}  // namespace

void add_check(CLI::App& app, Frame& frame) {
    auto options = std::make_shared<CheckOptions>();
    CLI::App* command = app.add_subcommand("check", "ask hosts what a client would meet");
    command->add_option("HOST", options->hosts, "name or address, with :PORT unless it is 3389");
    command->add_option("--hosts", options->list, "also those in FILE, one in a line (-: input)")
        ->type_name("FILE");
    command->add_flag("--full", options->full,
                      "ask for each protocol and TLS version too (up to 9 connections)");
    command->add_flag("-v,--verbose", options->verbose, "all facts");
    add_limits(*command, *options);
    add_client_option(*command, options->client);
    add_catalogue_option(*command, options->catalogue);
    add_output_options(*command, options->output, {"text", "json", "jsonl", "csv"});
    command->callback([options, &frame] { check(*options, frame); });
}

}  // namespace preflight::cli
