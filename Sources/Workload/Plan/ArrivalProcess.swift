/// When tasks are meant to be sent.
package enum ArrivalProcess: Hashable, Sendable, CustomStringConvertible {
    /// All at once, before the run: measures what the workers can take.
    case backlog
    /// At equal intervals, the first at once.
    case constant(perSecond: Double)
    /// At random and independently of each other, at that mean rate.
    case poisson(perSecond: Double)
    /// At random at that rate while it is on, and not at all while it is off, over and over.
    case burst(perSecond: Double, on: Duration, off: Duration)
    /// At random, at a rate that goes in a straight line from one to another in that time, and stays there.
    case ramp(from: Double, to: Double, over: Duration)
    /// At random, at one rate after the other for that time each; the last one stays.
    case steps(perSecond: [Double], each: Duration)
    /// As a file says, which ``ArrivalTrace`` reads.
    case trace(file: String)
    /// Whenever an earlier one has ended, so that as many are on their way at any time: a contrast to the others, which measure
    /// what it hides.
    case closed(window: Int)

    /// The greatest rate: one task a nanosecond.
    static let greatestRate = 1e9
    /// How many tasks a closed loop may have on their way.
    private static let windows = 1...1_000_000

    /// The forms that a written arrival process may have, for error messages.
    static let forms = [
        "backlog", "constant:PER_SECOND", "poisson:PER_SECOND", "burst:PER_SECOND:ON:OFF", "ramp:FROM..TO:OVER",
        "steps:PER_SECOND,PER_SECOND,…:EACH", "trace:FILE", "closed:TASKS",
    ]

    /// Reads `backlog`, `constant:500`, `poisson:2000`, `burst:5000:1s:4s`, `ramp:100..2000:60s`, `steps:100,200,400:10s`,
    /// `trace:plan.csv` or `closed:100`.
    package init(parsing text: String) throws(WorkloadError) {
        // A file's name may have colons of its own.
        if text.trimmed.hasPrefix("trace:") {
            self = .trace(file: String(text.trimmed.dropFirst("trace:".count)))
            try check()
            return
        }
        let parts = text.trimmed.split(separator: ":", omittingEmptySubsequences: false).map { String($0.trimmed) }
        guard let process = try Self.read(parts) else {
            throw .invalid(what: "arrival", value: text, allowed: Self.forms.joined(separator: ", "))
        }
        self = process
        try check()
    }

    /// `nil` for what has none of the forms.
    private static func read(_ parts: [String]) throws(WorkloadError) -> ArrivalProcess? {
        func time(_ index: Int) throws(WorkloadError) -> Duration {
            try Duration(parsing: parts[index], what: "a time of the arrival \(parts[0])")
        }
        switch (parts[0], parts.count) {
        case ("backlog", 1): return .backlog
        case ("closed", 2): return Int(parts[1]).map { .closed(window: $0) }
        case ("constant", 2): return parts[1].decimal.map { .constant(perSecond: $0) }
        case ("poisson", 2): return parts[1].decimal.map { .poisson(perSecond: $0) }
        case ("burst", 4):
            guard let rate = parts[1].decimal else { return nil }
            return .burst(perSecond: rate, on: try time(2), off: try time(3))
        case ("ramp", 3):
            guard let rates = numbers(parts[1].split(separator: "..", omittingEmptySubsequences: false)),
                rates.count == 2
            else { return nil }
            return .ramp(from: rates[0], to: rates[1], over: try time(2))
        case ("steps", 3):
            guard let rates = numbers(parts[1].split(separator: ",", omittingEmptySubsequences: false)) else {
                return nil
            }
            return .steps(perSecond: rates, each: try time(2))
        default: return nil
        }
    }

    private static func numbers(_ texts: [Substring]) -> [Double]? {
        let numbers = texts.compactMap { $0.trimmed.decimal }
        return numbers.count == texts.count ? numbers : nil
    }

    /// The canonical text, which reads back as this process.
    package var description: String {
        switch self {
        case .backlog: "backlog"
        case .constant(let rate): "constant:\(rate.shortText)"
        case .poisson(let rate): "poisson:\(rate.shortText)"
        case .burst(let rate, let on, let off): "burst:\(rate.shortText):\(on.textWithUnit):\(off.textWithUnit)"
        case .ramp(let from, let to, let over): "ramp:\(from.shortText)..\(to.shortText):\(over.textWithUnit)"
        case .steps(let rates, let each):
            "steps:\(rates.map(\.shortText).joined(separator: ",")):\(each.textWithUnit)"
        case .trace(let file): "trace:\(file)"
        case .closed(let window): "closed:\(window)"
        }
    }

    /// What a task's sending waits for.
    package var loop: LoadLoop {
        switch self {
        case .backlog: .backlog
        case .closed(let window): .closed(window: window)
        case .constant, .poisson, .burst, .ramp, .steps, .trace: .open
        }
    }

    /// True when tasks come at random at one rate, so that the times between them are distributed exponentially.
    package var isPoisson: Bool { if case .poisson = self { true } else { false } }

    /// How the rate changes with time, for those whose rate does.
    var profile: RateProfile? {
        switch self {
        case .backlog, .constant, .poisson, .trace, .closed: nil
        case .burst(let rate, let on, let off):
            RateProfile(
                stretches: [
                    .init(seconds: on / .seconds(1), from: rate, to: rate),
                    .init(seconds: off / .seconds(1), from: 0, to: 0),
                ], repeats: true)
        case .ramp(let from, let to, let over):
            RateProfile(stretches: [.init(seconds: over / .seconds(1), from: from, to: to)], repeats: false)
        case .steps(let rates, let each):
            RateProfile(
                stretches: rates.map { .init(seconds: each / .seconds(1), from: $0, to: $0) }, repeats: false)
        }
    }

    /// How long that many tasks take to be sent on average; `nil` for a backlog, whose tasks are all there at once, for one
    /// that never sends so many, and for those of which only the run shows it.
    func plannedDuration(of tasks: UInt64) -> Duration? {
        switch self {
        case .backlog, .trace, .closed: nil
        case .constant(let rate), .poisson(let rate): .seconds(Double(tasks) / rate)
        case .burst, .ramp, .steps: profile?.seconds(until: Double(tasks)).map { .seconds($0) }
        }
    }

    /// Throws unless every rate is in its range, one of them is above 0, and every time is at least a millisecond.
    func check() throws(WorkloadError) {
        switch self {
        case .backlog: break
        case .trace(let file):
            guard !file.isEmpty else {
                throw .missing(what: "the file of the trace", allowed: "such as trace:plan.csv")
            }
        case .closed(let window):
            guard Self.windows.contains(window) else {
                throw .invalid(
                    what: "arrival", value: description, allowed: "a window from 1 to \(Self.windows.upperBound) tasks")
            }
        case .constant(let rate), .poisson(let rate): try check([rate], least: .leastNonzeroMagnitude)
        case .burst(let rate, let on, let off):
            try check([rate], least: .leastNonzeroMagnitude)
            try check([on, off])
        case .ramp(let from, let to, let over):
            try check([from, to], least: 0)
            try check([over])
        case .steps(let rates, let each):
            try check(rates, least: 0)
            try check([each])
        }
    }

    private func check(_ rates: [Double], least: Double) throws(WorkloadError) {
        guard rates.allSatisfy({ $0 >= least && $0 <= Self.greatestRate }), rates.contains(where: { $0 > 0 }) else {
            let allowed = "a rate above 0, up to \(Self.greatestRate.shortText) a second"
            throw .invalid(what: "arrival", value: description, allowed: allowed)
        }
    }

    private func check(_ times: [Duration]) throws(WorkloadError) {
        guard times.allSatisfy({ $0 >= .milliseconds(1) }) else {
            throw .invalid(what: "arrival", value: description, allowed: "times from 1ms on")
        }
    }
}
