extension World {
    /// What a search came to, as lines of text: a line with the verdict, the size and the time, and the counter-example if
    /// there is one. A pure function of both.
    ///
    /// - Parameter isBrief: leaves out the last state of a counter-example.
    package func report(_ exploration: Exploration, isBrief: Bool = false) -> [String] {
        let size = "\(exploration.states) states, \(exploration.transitions) steps, depth \(exploration.depth)"
        let head = "\(title): \(verdict(exploration)) (\(size), \(Self.seconds(exploration.took)))"
        guard let example = exploration.counterExample else { return [head] }
        let lines = isBrief ? Array(example.lines.prefix(1 + example.steps.count)) : example.lines
        return [head] + lines.map { "  " + $0 }
    }

    private func verdict(_ exploration: Exploration) -> String {
        switch exploration.outcome {
        case .holds: known.isEmpty ? "holds" : "holds, ALTHOUGH IT IS KNOWN TO BREAK"
        case .broken: isAsKnown(exploration) ? "broken, as is known" : "BROKEN"
        case .exceeded: "given up: too many states"
        }
    }

    /// Seconds with two decimals.
    private static func seconds(_ duration: Duration) -> String {
        let hundredths = duration.components.seconds * 100 + duration.components.attoseconds / 10_000_000_000_000_000
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) s"
    }
}
