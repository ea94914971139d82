import Dispatch
import Redis
import Synchronization

/// Holds one actor of a replay wherever it may be held, and lets it run from one boundary to another.
///
/// Between two orders of the script's driver the actor stands still, at a boundary that both know.
final class Gate: Sendable {
    /// An actor is elsewhere than its script has it: the script is not what would happen.
    struct Strayed: Error, CustomStringConvertible {
        /// Where it was to be; `nil` for its first boundary, whichever that is.
        let goal: Boundary?
        /// Where it is; `nil` when it has ended, or never came to a boundary.
        let place: Boundary?

        var description: String {
            "an actor was to come to \(goal.map { "\($0)" } ?? "a boundary"), and \(place.map { "is at \($0)" } ?? "did not")"
        }
    }

    /// What an actor throws that was killed where there is no connection to break.
    struct Killed: Error {}

    private enum Life { case held, free, dead }

    private struct State {
        var life = Life.held
        var goal: Boundary?
        var place: Boundary?
        var verdict = CommandProbe.Verdict.goesOn
    }

    private static let patience = DispatchTimeInterval.seconds(20)

    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let departures = DispatchSemaphore(value: 0)

    /// True once the actor was killed.
    var isDead: Bool { state.withLock { $0.life == .dead } }
    /// True once nobody is held any more, and the actor is to come to an end by itself.
    var isOver: Bool { state.withLock { $0.life != .held } }

    /// Where the actor stands; `nil` once it has come to its end.
    var place: Boundary? { state.withLock(\.place) }

    // MARK: The actor's side

    /// Passes a boundary, or waits there for the next order; says what becomes of the connection then.
    func pass(_ boundary: Boundary) -> CommandProbe.Verdict {
        let isHeld = state.withLock { state in
            if state.life != .held { return false }
            if let goal = state.goal, boundary.isOnTheWay(to: goal) { return false }
            state.place = boundary
            return true
        }
        guard isHeld else { return isDead ? .breaks : .goesOn }
        arrivals.signal()
        departures.wait()
        return state.withLock(\.verdict)
    }

    /// The same where there is no connection.
    func hold(at boundary: Boundary) throws(Killed) {
        if pass(boundary) == .breaks { throw Killed() }
    }

    /// The actor has come to its end.
    func leave() {
        state.withLock { $0.place = nil }
        arrivals.signal()
    }

    // MARK: The driver's side

    /// Waits until the actor stands at its first boundary.
    func awaitStart() throws(Strayed) {
        guard try awaitArrival(at: nil) != nil else { throw Strayed(goal: nil, place: nil) }
    }

    /// Lets the actor run to `goal`, which it must come to without saying anything but its command.
    func run(to goal: Boundary) throws(Strayed) {
        depart(to: goal)
        let place = try awaitArrival(at: goal)
        guard place == goal else { throw Strayed(goal: goal, place: place) }
    }

    /// The same, unless the actor stands there.
    func halt(at goal: Boundary) throws(Strayed) {
        if place != goal { try run(to: goal) }
    }

    /// Breaks the actor's connection where it stands, and lets it run to whatever boundary it comes to then.
    func breakConnection() throws(Strayed) {
        depart(to: nil, .breaks)
        _ = try awaitArrival(at: nil)
    }

    /// The actor goes no further, and its connection is closed.
    func kill() {
        state.withLock { $0.life = .dead }
        depart(to: nil, .breaks)
    }

    /// Nothing holds the actor any more.
    func open() {
        state.withLock { state in
            if state.life == .held { state.life = .free }
        }
        depart(to: nil)
    }

    private func depart(to goal: Boundary?, _ verdict: CommandProbe.Verdict = .goesOn) {
        state.withLock { ($0.goal, $0.verdict) = (goal, $0.life == .dead ? .breaks : verdict) }
        departures.signal()
    }

    private func awaitArrival(at goal: Boundary?) throws(Strayed) -> Boundary? {
        guard arrivals.wait(timeout: .now() + Self.patience) == .success else { throw Strayed(goal: goal, place: nil) }
        return place
    }
}
