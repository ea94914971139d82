import Foundation
import Measurement
import Processes
import ReliableQueue
import Synchronization

/// A part's ear and mouth: a thread that hears what the run says, tells it about every second how the part is, and reads
/// Redis' clock meanwhile, so that the part's own thread can work undisturbed.
final class Herald: Sendable {
    private static let period = Duration.milliseconds(100)
    /// How often a card is sent, in nanoseconds, when nothing has changed.
    private static let beat: UInt64 = 1_000_000_000
    /// How long the run may say nothing, in nanoseconds, once its last word was forgotten.
    private static let patience: UInt64 = 30_000_000_000
    /// How many readings of the clock are taken together, at the beginning and at the end.
    private static let readings = 64

    private struct State {
        var card: PartCard
        var isChanged = true
        var call: RunCall?
        var failure: HarnessError?
        var isOver = false
        /// How often the clock is yet to be read at once.
        var readingsDue = 0
        var readings: [ClockSample] = []
    }

    private let run: String
    private let name: String
    private let state: Mutex<State>
    private let stop: StopSignal
    private let look: @Sendable (inout PartCard) -> Void
    private let thread = Mutex<DedicatedThread?>(nil)

    /// Starts to listen and to speak.
    ///
    /// - Parameters:
    ///   - name: the part's; it has been taken.
    ///   - stop: set when the run says that the part is to come to an end, and when there is no run any more.
    ///   - look: fills in how far the part is, on the thread that speaks.
    init(
        for name: String, of run: String, _ card: PartCard,
        connecting connect: @escaping @Sendable () throws(HarnessError) -> MeetingPlace,
        stop: StopSignal, look: @escaping @Sendable (inout PartCard) -> Void
    ) {
        (self.run, self.name, self.stop, self.look) = (run, name, stop, look)
        state = Mutex(State(card: card))
        let thread = DedicatedThread(name: "herald") { [self] in
            do throws(HarnessError) {
                try speak(at: connect())
            } catch {
                state.withLock { $0.failure = $0.failure ?? error }
                stop.set()
            }
        }
        self.thread.withLock { $0 = thread }
    }

    /// What the run said last; `nil` until it was heard.
    ///
    /// - Throws: what keeps it from being heard.
    func call() throws(HarnessError) -> RunCall? {
        let (call, failure) = state.withLock { ($0.call, $0.failure) }
        if let failure { throw failure }
        return call
    }

    /// Changes what is said of the part, which is said at once.
    func say(_ change: (inout PartCard) -> Void) {
        state.withLock { state in
            change(&state.card)
            state.isChanged = true
        }
    }

    /// Redis' clock beside this host's, by what was read so far; `nil` before anything was.
    var clock: ClockEstimate? { state.withLock { $0.card.clock } }

    /// Reads Redis' clock many times, and returns when that is done.
    func measureClock() throws(HarnessError) {
        state.withLock { $0.readingsDue = Self.readings }
        while try call() == nil || state.withLock({ $0.readingsDue > 0 }) { usleep(5_000) }
    }

    /// Says what there is to say, and is silent from then on.
    func end() {
        state.withLock { $0.isOver = true }
        thread.withLock { $0 }?.join()
    }

    private func speak(at place: MeetingPlace) throws(HarnessError) {
        var (spoken, heard): (UInt64, UInt64) = (0, MonotonicClock.nanoseconds())
        while true {
            let isOver = state.withLock(\.isOver)
            if let call = try place.call() {
                heard = MonotonicClock.nanoseconds()
                let order = state.withLock { state in
                    state.call = call
                    return call.order(for: state.card.role)
                }
                if order.isEnding { stop.set() }
            } else if MonotonicClock.nanoseconds() - heard > Self.patience {
                throw .unanswered("the run \(run) is gone: nobody has gathered it for a minute")
            }
            let due = state.withLock(\.readingsDue)
            for _ in 0..<due { try readClock(at: place) }
            let now = MonotonicClock.nanoseconds()
            let isDue = now - spoken >= Self.beat
            if due == 0, isDue { try readClock(at: place) }
            if isDue || due > 0 || state.withLock(\.isChanged) {
                try place.put(present(place), of: name)
                spoken = now
                if due > 0 { state.withLock { $0.readingsDue = 0 } }
            }
            if isOver { return }
            usleep(UInt32(Self.period / .microseconds(1)))
        }
    }

    private func readClock(at place: MeetingPlace) throws(HarnessError) {
        let reading = try place.readClock()
        state.withLock { $0.readings.append(reading) }
    }

    /// What is said of the part now.
    private func present(_ place: MeetingPlace) -> PartCard {
        state.withLock { state in
            state.card.beat += 1
            look(&state.card)
            state.card.use = .current(place.traffic)
            state.card.clock = ClockEstimate(state.readings, resolution: MeetingPlace.clockResolution)
            state.isChanged = false
            return state.card
        }
    }
}
