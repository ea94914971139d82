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
            let sign = latest.isEstimated ? "≈" : ""
            if let enqueued = latest.enqueued { parts.append("enqueued \(sign)\(HumanNumber.rate(enqueued))") }
            if let done = latest.done { parts.append("done \(sign)\(HumanNumber.rate(done))") }
            if let finished = latest.finished { parts.append("finished \(HumanNumber.rate(finished))") }
            if let growth = latest.growth { parts.append("growth \(HumanNumber.rate(growth))") }
        }
        parts.append("memory " + HumanNumber.bytes(machine.usedBytes))
        if let processors = machine.processors { parts.append("CPU " + HumanNumber.percent(processors)) }
        if let credits { parts.append("credits " + HumanNumber.number(credits.balance)) }
        return TextWidth.printable((parts + alarms.map { "! " + $0 }).joined(separator: " · "))
    }
}
