// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 the preflight authors
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <sstream>

#include "cli/client.hpp"
#include "cli/commands.hpp"
#include "cli/explain_json.hpp"
#include "cli/explain_text.hpp"
#include "cli/log_text.hpp"
#include "cli/suggest.hpp"

namespace preflight::cli {
namespace {

struct ExplainOptions {
    std::vector<std::string> what;
    bool list = false;
    bool exit_code = false;
    std::string table;
    std::string client;
    std::string catalogue;
    OutputOptions output;
};

/// One run of the command.
class Explain {
  public:
    Explain(const ExplainOptions& options, Frame& frame)
        : options_(options),
          frame_(frame),
          catalogue_(load_catalogue(options.catalogue, frame)),
          teacher_{catalogue_.model(), nullptr, frame.client} {
        if (options.client.empty()) return;
        client_ = client_facts(options.client);
        teacher_.client = &client_;
        teacher_.program = client_.program.value_or("xfreerdp");
    }

    void run() {
        if (options_.list) return list();
        if (options_.what == std::vector<std::string>{"-"})
            return show(read_log(frame_.in, catalogue_.model()));
        const std::string table = options_.exit_code ? "xfreerdp-exit" : options_.table;
        const auto answers = without_chatter(look_up(catalogue_.model(), options_.what, table));
        const bool pair = answers.size() == 1 && answers.front().pair;
        if (!pair && table.empty() && as_line(any_known(answers))) return;
        show(answers);
    }

  private:
    bool json() const { return options_.output.format == "json"; }

    void list() {
        if (!json()) {
            for (const auto& entry : catalogue_.model().entries) frame_.out << entry.id << '\n';
            return;
        }
        Json all = Json::array();
        for (const auto& entry : catalogue_.model().entries) {
            const Lesson lesson = lesson_of(entry, catalogue_.model(), nullptr);
            all.push_back({{"id", lesson.id}, {"stage", lesson.stage}, {"title", lesson.title}});
        }
        write({{"schema", 1}, {"explanations", std::move(all)}});
    }

    static bool any_known(const std::vector<Answer>& answers) {
        return std::any_of(answers.begin(), answers.end(),
                           [](const Answer& answer) { return answer.known(); });
    }

    /// The words may be a line of a log: "BIO_read returned a system error 0: Success". Where they
    /// are known as a code, only a line that FreeRDP prints goes before it.
    bool as_line(bool known) {
        std::string line;
        for (const auto& word : options_.what) line += (line.empty() ? "" : " ") + word;
        std::istringstream in(line);
        const LogReading reading = read_log(in, catalogue_.model());
        const auto& all = reading.findings;
        const bool printed = std::any_of(all.begin(), all.end(), [](const LogFinding& finding) {
            return finding.code.table == &log_table();
        });
        const bool of_openssl = line.find("SSL routines") != line.npos;
        if (all.empty() || (known && !printed && !of_openssl)) return false;
        show(reading);
        return true;
    }

    void show(const LogReading& reading) {
        if (reading.findings.empty()) frame_.exit_code = ExitCode::not_known;
        if (!teacher_.client && reading.major == 2) {
            client_ = client_facts("xfreerdp:2.11");
            teacher_.client = &client_;
        }
        if (json()) return write({{"schema", 1}, {"log", to_json(reading, teacher_)}});
        Page page(options_.output.style());
        put_log(page, reading, teacher_);
        frame_.out << page.text();
    }

    /// Where something was found, the other words of a sentence are not missed.
    static std::vector<Answer> without_chatter(std::vector<Answer> answers) {
        if (!any_known(answers)) return answers;
        const auto is_chatter = [](const Answer& answer) {
            const bool looks_like_code =
                answer.asked.find_first_of("0123456789_") != std::string::npos;
            return !answer.known() && !looks_like_code;
        };
        answers.erase(std::remove_if(answers.begin(), answers.end(), is_chatter), answers.end());
        return answers;
    }

    void show(const std::vector<Answer>& answers) {
        if (!any_known(answers)) frame_.exit_code = ExitCode::not_known;
        if (json())
            show_json(answers);
        else
            show_text(answers);
    }

    void show_json(const std::vector<Answer>& answers) {
        Json all = Json::array();
        for (const auto& answer : answers) {
            Json one = to_json(answer, teacher_);
            if (!answer.known()) one["near"] = near_misses(catalogue_.model(), answer.asked);
            all.push_back(std::move(one));
        }
        write({{"schema", 1}, {"answers", std::move(all)}});
    }

    void show_text(const std::vector<Answer>& answers) {
        Page page(options_.output.style());
        for (const auto& answer : answers) {
            if (&answer != &answers.front()) page.blank();
            if (answer.known())
                put_answer(page, answer, teacher_);
            else
                put_unknown(page, answer.asked, near_misses(catalogue_.model(), answer.asked));
        }
        frame_.out << page.text();
    }

    void write(const Json& json) {
        frame_.out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    }

    const ExplainOptions& options_;
    Frame& frame_;
    Catalogue catalogue_;
    ClientFacts client_;
    Teacher teacher_;
};

void add_options(CLI::App& command, ExplainOptions& options) {
    auto* what = command.add_option(
        "WHAT", options.what, "a code or its name, an id, the words of an error; - reads a log");
    what->type_name("");
    command.add_flag("--list", options.list, "all ids")->excludes(what);
    command.add_flag("--exit-code", options.exit_code, "the numbers are exit codes of xfreerdp");
    std::vector<std::string> names;
    for (const auto& table : tables()) names.emplace_back(table.name);
    command.add_option("--table", options.table, "look in this table only, such as tls-alert")
        ->type_name("TABLE")
        ->check(CLI::IsMember(names).description(""))
        ->excludes("--exit-code");
    add_client_option(command, options.client);
    add_catalogue_option(command, options.catalogue);
    add_output_options(command, options.output);
}

}  // namespace

void add_explain(CLI::App& app, Frame& frame) {
    auto options = std::make_shared<ExplainOptions>();
    CLI::App* command = app.add_subcommand("explain", "tell what a code, an id or a log means");
    add_options(*command, *options);
    command->callback([options, &frame] {
        if (options->what.empty() && !options->list)
            throw CLI::RequiredError("What is to be explained? A code, an id, - or --list");
        Explain(*options, frame).run();
    });
}

}  // namespace preflight::cli
