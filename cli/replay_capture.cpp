// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <optional>

#include "cli/client.hpp"
#include "cli/replay.hpp"
#include "cli/replay_lines.hpp"
#include "facts/json.hpp"
#include "replay/capture_file.hpp"
#include "replay/replayer.hpp"
#include "wire/text.hpp"

namespace preflight::cli {
namespace {

using replay::Try;

/// Which of several outcomes a reader is after: the higher, the more.
int weight(const Facts& facts) {
    if (facts.outcome == "failed") return 3;
    if (facts.outcome == "waiting") return 2;
    return facts.outcome == "unclear" ? 1 : 0;
}

/// Takes the tries as they come, and writes what was asked for.
class Teller {
  public:
    Teller(const ReplayOptions& options, Frame& frame)
        : options_(options),
          frame_(frame),
          catalogue_(load_catalogue(options.catalogue, frame)),
          json_(options.output.format == "json") {}

    void take(Try&& attempt) {
        const std::uint64_t first = links_ + 1;
        links_ += attempt.links.size();
        const Explanation explanation = catalogue_.explain(attempt.facts);
        const int rank = weight(attempt.facts);
        counts_[rank] += 1;
        const bool named = options_.connection >= first && options_.connection <= links_;
        const bool shown = options_.connection != 0 ? named : options_.all || rank > 0;
        if (json_) return put_json(first, attempt, explanation, shown);
        if (options_.connection == 0 || named)
            frame_.out << summary_lines(first, attempt, explanation, options_.output.style());
        if (options_.all || named)
            frame_.out << '\n' << report(explanation, attempt.facts) << '\n';
        else if (shown && (!best_ || rank >= weight(best_->facts)))
            best_ = {explanation, std::move(attempt.facts)};
    }

    /// The report that was kept, and what else there is to say of the whole file.
    void finish(const std::string& file, const replay::Replayer& replayer) {
        if (json_) frame_.out << (links_ ? "\n  ]\n}\n" : "]\n}\n");
        if (!json_ && best_) frame_.out << '\n' << report(best_->explanation, best_->facts);
        if (!json_) put_more();
        if (replayer.began_before() > 0)
            frame_.problem(std::to_string(replayer.began_before()) +
                           " connection(s) on port 3389 began before the capture and are left out");
        if (links_ == 0)
            frame_.problem("no RDP connection in " + wire::printable(file) + ", which has " +
                           std::to_string(replayer.connections()) + " TCP connection(s)");
        frame_.exit_code = links_ == 0                    ? ExitCode::not_known
                           : counts_[3] + counts_[2] != 0 ? ExitCode::would_not_connect
                           : counts_[1] != 0              ? ExitCode::undecided
                                                          : ExitCode::success;
    }

    void begin() {
        if (json_) frame_.out << "{\n  \"schema\": 1,\n  \"connections\": [";
    }

  private:
    struct Kept {
        Explanation explanation;
        Facts facts;
    };

    /// The report; the catalogue speaks to whoever sits at the client.
    std::string report(const Explanation& explanation, const Facts& facts) const {
        std::string text = render_text(explanation, facts, options_.output.style());
        const bool speaks_of_here = text.find("his computer") != std::string::npos;
        if (speaks_of_here && facts.capture.client)
            text += "\n  \"This computer\" stands for " + *facts.capture.client + " here.\n";
        return text;
    }

    void put_more() {
        const std::uint64_t others = counts_[3] + counts_[2] + counts_[1];
        if (!best_ || others < 2) return;
        frame_.out << "\n  " << others - 1
                   << " more did not connect, or do not tell: --all shows every report.\n";
    }

    void put_json(std::uint64_t first, const Try& attempt, const Explanation& explanation,
                  bool shown) {
        frame_.out << (first == 1 ? "\n" : ",\n")
                   << summary_json(first, attempt, explanation, shown);
    }

    const ReplayOptions& options_;
    Frame& frame_;
    Catalogue catalogue_;
    bool json_;
    std::optional<Kept> best_;
    std::uint64_t links_ = 0;
    std::uint64_t counts_[4] = {};
};

/// What the fixes are spelled for: the client on this computer, or the one that was named.
Facts known_client(const ReplayOptions& options) {
    const ClientFacts here = client_facts(options.client);
    Facts known;
    known.client.program = here.program;
    known.client.family = here.family;
    known.client.freerdp_version = here.freerdp_version;
    known.client.platform = here.platform;
    return known;
}

}  // namespace

void replay_capture(std::FILE* stream, const ReplayOptions& options, Frame& frame) {
    replay::CaptureFile capture(stream);
    const std::string file = wire::printable(options.file);
    if (!capture.opened()) {
        frame.problem(file + ": " + capture.problem());
        frame.exit_code = ExitCode::unreadable;
        return;
    }
    Teller teller(options, frame);
    teller.begin();
    replay::Replayer replayer(known_client(options),
                              [&](Try&& attempt) { teller.take(std::move(attempt)); });
    replay::Segment segment;
    while (capture.next(segment)) replayer.take(segment);
    replayer.finish(capture.last());
    if (!capture.problem().empty())
        frame.problem(file + ": " + capture.problem() + "; read until there");
    if (capture.damaged() > 0)
        frame.problem(file + ": " + std::to_string(capture.damaged()) +
                      " damaged packet(s) passed over");
    teller.finish(options.file, replayer);
}

}  // namespace preflight::cli
