extension TopPage {
    /// The page on one line, for a file or a pipe: without a line break, and without anything that a terminal would obey.
    package var line: String {
        if isStale { return TextWidth.printable(alarms.map { "! " + $0 }.joined(separator: " · ")) }
        let held = tasks.held.map { "\(tasks.isHeldEstimated ? "≈" : "")\(HumanNumber.count($0))" } ?? "not known"
        var parts = [
            clock, "waiting " + HumanNumber.count(tasks.waiting), "retry " + HumanNumber.count(tasks.retry),
            "delayed " + HumanNumber.count(tasks.delayed), "in flight \(held)",
            "claims " + HumanNumber.count(tasks.claims), "dead " + HumanNumber.count(tasks.dead),
        ]
        if let latest {
            if let enqueued = latest.enqueuedText { parts.append("enqueued " + enqueued) }
            if let handedOut = latest.handedOut { parts.append("handed out " + HumanNumber.rate(handedOut)) }
            if let done = latest.doneText { parts.append("done " + done) }
            if let finished = latest.finished { parts.append("finished \(HumanNumber.rate(finished))") }
            if let backlog = latest.backlog { parts.append("backlog " + Self.change(backlog)) }
        }
        parts.append("memory " + HumanNumber.bytes(machine.usedBytes))
        if let processors = machine.processors { parts.append("CPU " + HumanNumber.percent(processors)) }
        if let credits { parts.append("credits " + HumanNumber.number(credits.balance)) }
        return TextWidth.printable((parts + alarms.map { "! " + $0 }).joined(separator: " · "))
    }
}
