import Foundation
import Measurement
import Redis
import ReliableQueue
import Workload

/// A run's own end of its meeting place: says what the parts are to do, and knows what they say.
///
/// It belongs to one thread, which has to let it ``attend()`` all the time: parts give up a run that says nothing.
final class Assembly {
    /// How often the parts are listened to, in nanoseconds.
    private static let period: UInt64 = 200_000_000
    /// How often Redis' clock is read.
    private static let clockPeriod: UInt64 = 1_000_000_000
    private static let readings = 64
    /// How long parts may take to leave, in nanoseconds.
    private static let farewell: UInt64 = 5_000_000_000

    let place: MeetingPlace
    private(set) var call: RunCall
    private(set) var cast: PartCast
    private let settings: GatheringSettings
    private let console: Console
    private let origin: PartOrigin
    private var readings: [ClockSample] = []
    private var (nextLook, nextReading): (UInt64, UInt64) = (0, 0)
    private var isOpen = true

    /// Announces a run.
    ///
    /// - Throws: ``HarnessError/usage(_:)`` when there is one of this name, ``HarnessError/redis(_:)``.
    init(
        _ settings: GatheringSettings, for run: RunSettings, runID: String, queue: String, at endpoint: RedisEndpoint,
        console: Console
    ) throws(HarnessError) {
        (self.settings, self.console, origin) = (settings, console, try .current())
        cast = PartCast(run: settings.name, needed: GatheringSettings.needed(run))
        let scenario: String
        do { scenario = try run.scenario.yaml() } catch { throw HarnessError(error) }
        call = RunCall(
            runID: runID, scenario: scenario, queue: queue, handsInOverRedis: settings.journals == nil)
        call.sink = run.sink.map { "\($0)" }
        place = try MeetingPlace(of: settings.name, at: endpoint)
        try place.open(call)
        try measureClock()
    }

    /// Waits until every part has come and is ready.
    ///
    /// - Throws: ``HarnessError/unanswered(_:)`` naming those that did not come in time, ``HarnessError/interrupted(_:)``.
    func gather(until stop: StopSignal) throws(HarnessError) {
        console.say("gathering the run \(settings.name): \(cast.shortfall ?? "nobody is missing")")
        let deadline = ContinuousClock.now + settings.patience
        while !stop.wait(upTo: .milliseconds(50)) {
            for event in try attend() { say(event) }
            let shortfall = cast.shortfall
            let unready = cast.all.filter { $0.card.stage < .ready }.map(\.name)
            if shortfall == nil, unready.isEmpty {
                isOpen = false
                return
            }
            guard ContinuousClock.now < deadline else {
                let time = settings.patience.textWithUnit
                let missing = shortfall ?? unready.joined(separator: ", ")
                throw .unanswered(
                    "the run \(settings.name) still lacks \(missing) after \(time): start them with --join \(settings.name),"
                        + " or allow more time with --wait")
            }
        }
        throw .interrupted("interrupted before all parts of the run \(settings.name) had come")
    }

    /// Speaks and listens, when it is time to; answers what has happened to the parts.
    func attend() throws(HarnessError) -> [PartCast.Event] {
        let now = MonotonicClock.nanoseconds()
        guard now >= nextLook else { return [] }
        nextLook = now + Self.period
        if now >= nextReading {
            readings.append(try place.readClock())
            nextReading = now + Self.clockPeriod
        }
        let events = cast.see(try place.cards(), at: now, isOpen: isOpen)
        // Before the start another may take the place of one that died.
        for case .vanished(let name) in events where isOpen { try place.withdraw(name) }
        call.seats = cast.members.mapValues(\.number)
        call.refusals = cast.refusals
        try place.announce(call)
        return events
    }

    /// Tells some roles what to do.
    func order(_ order: RunCall.Order, _ roles: PartRole...) throws(HarnessError) {
        for role in roles { call.orders[role] = order }
        try place.announce(call)
    }

    /// Tells workers where messages go.
    func announce(sink: String) { call.sink = sink }

    /// Tells parts that their journals were collected.
    func announce(collected: Set<String>) { call.collected = collected.sorted() }

    /// Redis' clock, in nanoseconds, a while from now: an instant that every part can tell by its own.
    func instant(in delay: Duration) throws(HarnessError) -> Int64 {
        guard let clock else { throw .run("Redis' clock was never read") }
        return clock.distant(at: MonotonicClock.nanoseconds() + UInt64(delay / .nanoseconds(1)))
    }

    /// Redis' clock beside this host's.
    var clock: ClockEstimate? { ClockEstimate(readings, resolution: MeetingPlace.clockResolution) }

    /// Reads Redis' clock many times.
    func measureClock() throws(HarnessError) {
        for _ in 0..<Self.readings { readings.append(try place.readClock()) }
    }

    /// What this process and all parts have said to the meeting place so far: no traffic of the queue.
    var traffic: RedisTraffic {
        cast.all.reduce(into: place.traffic) { traffic, member in
            traffic.commands += member.card.use.commands
            traffic.bytesOut += member.card.use.bytesOut
            traffic.bytesIn += member.card.use.bytesIn
        }
    }

    /// Lets the parts go, and takes the meeting place away.
    ///
    /// - Parameter reason: why the run was called off; `nil` for one that was carried out.
    func dismiss(_ reason: String?) {
        // What can't be said to a server that is gone is gone with it, and a part that hears nothing leaves by itself.
        do throws(HarnessError) {
            try order(.leave(reason: reason), .sink, .worker, .monitor, .load)
            let deadline = MonotonicClock.nanoseconds() + Self.farewell
            while MonotonicClock.nanoseconds() < deadline {
                let present = try place.cards().keys
                if cast.all.allSatisfy({ $0.isVanished || !present.contains($0.name) }) { break }
                usleep(20_000)
            }
            try place.clear()
        } catch {
            console.say("the run's parts could not be dismissed: \(error)")
        }
    }

    /// Says what has happened to a part.
    func say(_ event: PartCast.Event) {
        switch event {
        case .joined(let name, let role, let host):
            let isSame = cast.members[name]?.card.origin.programSHA256 == origin.programSHA256
            console.say("\(name) joined: a \(role.title) on \(host)" + (isSame ? "" : ", another build of fibq"))
        case .left(let name): console.say("\(name) left again")
        case .refused(let name): console.say("\(name) was refused: \(cast.refusals[name] ?? "")")
        case .vanished(let name):
            console.say("\(name) vanished: nothing was heard of it for \(PartCast.longestSilence / 1_000_000_000) s")
        case .returned(let name): console.say("\(name) is back")
        case .failed(let name, let problem): console.say("\(name): \(problem)")
        }
    }
}
