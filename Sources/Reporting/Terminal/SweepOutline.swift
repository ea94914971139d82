/// What a sweep is going to do, for a person to read before it does: its runs in order, the time that they take, and the CPU
/// credits that they may need.
///
/// Pure: values in, text out.
package struct SweepOutline {
    /// The CPU credits of a run's instance.
    package struct Credits: Sendable, Equatable {
        /// What the run spends at most; `nil` when its length is not known.
        package var needed: Double?
        /// What it begins with.
        package var start: Double
        /// What comes in meanwhile; `nil` when its length is not known.
        package var earned: Double?

        /// Credits of the given numbers.
        package init(needed: Double?, start: Double, earned: Double?) {
            self.needed = needed
            self.start = start
            self.earned = earned
        }

        /// What it may lack, 0 for nothing; `nil` when that is not known.
        var lacking: Double? {
            guard let needed, let earned else { return nil }
            return max(0, needed - start - earned)
        }
    }

    /// One run to come.
    package struct Step: Sendable {
        /// Its name.
        package var name: String
        /// What its cell varies, one value an axis.
        package var parameters: [String]
        /// How long its plan takes in seconds; `nil` when only the machine's speed decides.
        package var seconds: Double?
        /// The credits of its instance; `nil` without one that has credits.
        package var credits: Credits?

        /// A run of the given values.
        package init(name: String, parameters: [String], seconds: Double?, credits: Credits? = nil) {
            self.name = name
            self.parameters = parameters
            self.seconds = seconds
            self.credits = credits
        }
    }

    /// The names of the axes.
    package var axes: [String]
    /// The runs in order.
    package var steps: [Step]
    /// How many runs may follow from how these end.
    package var mostFurther: Int

    /// An outline of the given runs.
    package init(axes: [String], steps: [Step], mostFurther: Int = 0) {
        self.axes = axes
        self.steps = steps
        self.mostFurther = mostFurther
    }

    /// The text, ending with a line break.
    package func render() -> String {
        let hasCredits = steps.contains { $0.credits != nil }
        let creditHeadings: [TitledTable.Heading] =
            hasCredits ? [.number("credits at most"), .number("at first"), .number("earned"), .number("lacking")] : []
        let title = ([headline] + (hasCredits ? [creditLine] : [])).joined(separator: "\n")
        let table = TitledTable(
            title: title,
            headings: [.number("rank"), .text("run")] + axes.map { .text($0) } + [.number("planned")] + creditHeadings,
            rows: steps.enumerated().map { index, step in
                let time = step.seconds.map { HumanNumber.time(microseconds: $0 * 1e6) } ?? "–"
                return ["\(index + 1)", step.name] + step.parameters + [time]
                    + (hasCredits ? Self.texts(step.credits) : [])
            })
        return (table.rendered ?? title) + "\n"
    }

    private var headline: String {
        let known = steps.compactMap(\.seconds)
        let further = mostFurther == 0 ? "" : " and up to \(HumanNumber.count(mostFurther)) more"
        let runs = HumanNumber.runs(steps.count) + further
        guard !known.isEmpty else { return runs + "; how long they take is up to the machine" }
        let some = known.count == steps.count ? "" : " for the \(HumanNumber.count(known.count)) with a planned time"
        let these = mostFurther == 0 ? "" : " for the first \(HumanNumber.count(steps.count))"
        let total = HumanNumber.clock(seconds: known.reduce(0, +))
        return "\(runs); \(total) as planned\(some.isEmpty ? these : some), and what it takes to start, drain and stop"
    }

    /// The credits of all runs together, each of which begins with its own.
    private var creditLine: String {
        let all = steps.compactMap(\.credits)
        let known = all.compactMap(\.needed)
        let unknown = all.count - known.count
        guard !known.isEmpty else { return "CPU credits: not known, since no run with an instance has a planned time" }
        let short = all.count { ($0.lacking ?? 0) > 0 }
        let verdict =
            short == 0
            ? "none of them runs out" : "\(HumanNumber.runs(short)) may run out and be slowed down, or pay for more"
        let rest = unknown == 0 ? "" : "; not known for \(HumanNumber.runs(unknown)) without a planned time"
        let sum = HumanNumber.number(known.reduce(0, +))
        return
            "CPU credits: \(sum) at most in \(HumanNumber.runs(known.count)), each of which begins anew; \(verdict)\(rest)"
    }

    private static func texts(_ credits: Credits?) -> [String] {
        [credits?.needed, credits?.start, credits?.earned, credits?.lacking].map { $0.map(HumanNumber.number) ?? "–" }
    }
}
