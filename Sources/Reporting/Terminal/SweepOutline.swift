/// What a sweep is going to do, for a person to read before it does: its runs in order, and the time that they take.
///
/// Pure: values in, text out.
package struct SweepOutline {
    /// One run to come.
    package struct Step: Sendable {
        /// Its name.
        package var name: String
        /// What its cell varies, one value an axis.
        package var parameters: [String]
        /// How long its plan takes in seconds; `nil` when only the machine's speed decides.
        package var seconds: Double?

        /// A run of the given values.
        package init(name: String, parameters: [String], seconds: Double?) {
            self.name = name
            self.parameters = parameters
            self.seconds = seconds
        }
    }

    /// The names of the axes.
    package var axes: [String]
    /// The runs in order.
    package var steps: [Step]

    /// An outline of the given runs.
    package init(axes: [String], steps: [Step]) {
        self.axes = axes
        self.steps = steps
    }

    /// The text, ending with a line break.
    package func render() -> String {
        let table = TerminalTable(
            title: headline,
            headings: [.number("rank"), .text("run")] + axes.map { .text($0) } + [.number("planned")],
            rows: steps.enumerated().map { index, step in
                let time = step.seconds.map { HumanNumber.time(microseconds: $0 * 1e6) } ?? "–"
                return ["\(index + 1)", step.name] + step.parameters + [time]
            })
        return (table.rendered ?? headline) + "\n"
    }

    private var headline: String {
        let known = steps.compactMap(\.seconds)
        let runs = HumanNumber.runs(steps.count)
        guard !known.isEmpty else { return runs + "; how long they take is up to the machine" }
        let share = known.count == steps.count ? "" : " for the \(HumanNumber.count(known.count)) with a planned time"
        let total = HumanNumber.clock(seconds: known.reduce(0, +))
        return "\(runs); \(total) as planned\(share), and a second or so each to start and stop"
    }
}
