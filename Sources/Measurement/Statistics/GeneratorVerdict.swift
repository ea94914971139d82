/// Whether a generator sent what it was to send when it was to send it.
package enum GeneratorVerdict: String, Sendable, CaseIterable, Codable {
    /// It did.
    case keptUp = "kept_up"
    /// It did not, since the server did not take tasks as fast: latencies from the intended start say so, as they should.
    case heldUp = "held_up"
    /// It did not, and it was not for the server: what was measured is the generator, and nothing can be said of the queue.
    case fellBehind = "fell_behind"

    /// Tasks that are sent later than this, in microseconds, are late, whatever else.
    package static let harmlessLag = 2_000.0
    /// Of fewer tasks the lag says nothing: its 99th percentile is a moment of the machine.
    package static let leastTasks = 1_000
    /// The least part of the offered rate that has to be sent.
    package static let leastShare = 0.99

    /// Judges a generator.
    ///
    /// The rule: it kept up when at least 99 % of the rate was sent and the 99th percentile of its lag is either at most two
    /// milliseconds (timers and neighbours make it so) or at most half of that of the tasks' latency, which includes it. If it
    /// did not, the server is the reason when the generator was prompt but for its answers, and waited for them longer than it
    /// computed or wanted a core. With fewer than ``leastTasks`` it is a guess.
    ///
    /// - Parameters:
    ///   - offered: tasks a second by the schedule; `nil` where there is none to tell from.
    ///   - sent: tasks a second that were sent; `nil` likewise.
    ///   - lag: 99th percentile of how late tasks were sent, in microseconds.
    ///   - ownLag: the same of what is left when the answer to the batch before is waited for, in microseconds.
    ///   - latency: 99th percentile of the tasks' latency from the intended start, in microseconds; `nil` when none ended.
    ///   - busy: seconds in which it computed, or waited for a core.
    ///   - waiting: seconds in which it waited for the server.
    package static func judge(
        offered: Double?, sent: Double?, lag: Double, ownLag: Double, latency: Double?, busy: Double,
        waiting: Double
    ) -> GeneratorVerdict {
        let share = offered.flatMap { offered in sent.map { $0 / offered } } ?? 1
        let isPrompt = lag <= harmlessLag || latency.map { lag <= $0 / 2 } ?? false
        if share >= leastShare, isPrompt { return .keptUp }
        return waiting > busy && ownLag <= harmlessLag ? .heldUp : .fellBehind
    }
}
