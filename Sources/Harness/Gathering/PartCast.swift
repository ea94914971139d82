import Measurement
import Reporting

/// Who is in a run: as its parts say it themselves, card by card.
///
/// A value: what was read, and when, comes from outside.
package struct PartCast: Sendable {
    /// How long the card of a part may stay the same, in nanoseconds, before the part counts as vanished.
    package static let longestSilence: UInt64 = 10_000_000_000

    /// How long may lie between two looks, in nanoseconds, for what was not heard meanwhile to count as silence.
    private static let longestGap: UInt64 = 2_000_000_000

    /// One part.
    package struct Member: Equatable, Sendable {
        /// Its name in the run.
        package let name: String
        /// Among those of its role, from 1.
        package let number: Int
        /// What it said last.
        package fileprivate(set) var card: PartCard
        fileprivate var heard: UInt64
        /// True while it says nothing.
        package fileprivate(set) var isVanished = false

        /// True when it will not come to another stage.
        package func isPast(_ stage: PartCard.Stage) -> Bool { isVanished || card.stage >= stage }
    }

    /// Something that happened to a part.
    package enum Event: Equatable, Sendable {
        /// It was taken.
        case joined(name: String, PartRole, host: String)
        /// It has taken its name back before the run began.
        case left(name: String)
        /// It was not.
        case refused(name: String)
        /// Nothing was heard of it for long.
        case vanished(name: String)
        /// It is heard again.
        case returned(name: String)
        /// Something went wrong with it.
        case failed(name: String, problem: String)
    }

    /// How many parts the run has of each role.
    package let needed: [PartRole: Int]
    /// Those that were taken.
    package private(set) var members: [String: Member] = [:]
    /// Those that were not, and why.
    package private(set) var refusals: [String: String] = [:]
    private let run: String
    private var nonces: [String: UInt64] = [:]
    /// When it was last looked; `nil` before.
    private var looked: UInt64?

    /// Nobody so far.
    package init(run: String, needed: [PartRole: Int]) { (self.run, self.needed) = (run, needed) }

    /// Takes in what all parts say now, at an instant of the monotonic clock.
    ///
    /// - Parameter isOpen: true as long as the run has not begun.
    package mutating func see(_ cards: [String: PartCard], at now: UInt64, isOpen: Bool) -> [Event] {
        forgiveSilence(until: now)
        var events: [Event] = []
        for (name, card) in cards.sorted(by: { $0.key < $1.key }) {
            if members[name] != nil {
                events += hear(card, of: name, at: now)
            } else if nonces[name] != card.nonce {
                events.append(take(name, card, at: now, isOpen: isOpen))
            }
        }
        for name in members.keys.sorted() where cards[name] == nil && isOpen {
            (members[name], nonces[name]) = (nil, nil)
            events.append(.left(name: name))
        }
        for name in members.keys.sorted() { events += judge(name, at: now) }
        return events
    }

    /// The parts of a role, by their numbers.
    package func members(of role: PartRole) -> [Member] {
        members.values.filter { $0.card.role == role }.sorted { $0.number < $1.number }
    }

    /// The parts in the order of roles and numbers.
    package var all: [Member] { PartRole.allCases.flatMap(members(of:)) }

    /// The parts that are missing, in words; `nil` when none is.
    package var shortfall: String? {
        let missing = PartRole.allCases.compactMap { role -> String? in
            let lacking = (needed[role] ?? 0) - members(of: role).count
            return lacking > 0 ? role.counted(lacking) : nil
        }
        return missing.isEmpty ? nil : missing.joined(separator: ", ")
    }

    /// True when every part of these roles is at a stage, or beyond, or will not get there.
    package func isPast(_ stage: PartCard.Stage, _ roles: PartRole...) -> Bool {
        roles.allSatisfy { role in members(of: role).allSatisfy { $0.isPast(stage) } }
    }

    /// What was not listened for can't have been heard, such as while the server was away: it is nobody's silence.
    private mutating func forgiveSilence(until now: UInt64) {
        defer { looked = now }
        guard let looked, case let gap = now - min(looked, now), gap > Self.longestGap else { return }
        for name in members.keys { members[name]?.heard += gap }
    }

    private mutating func take(_ name: String, _ card: PartCard, at now: UInt64, isOpen: Bool) -> Event {
        nonces[name] = card.nonce
        let taken = Set(members(of: card.role).map(\.number))
        let wanted = needed[card.role] ?? 0
        guard isOpen, let number = (1..<(wanted + 1)).first(where: { !taken.contains($0) }) else {
            refusals[name] =
                !isOpen
                ? "the run \(run) has begun: it takes no more parts"
                : wanted == 0
                    ? "the run \(run) has no place for a \(card.role.title)"
                    : "the run \(run) has its \(card.role.counted(wanted)) already"
            return .refused(name: name)
        }
        refusals[name] = nil
        members[name] = Member(name: name, number: number, card: card, heard: now)
        return .joined(name: name, card.role, host: card.origin.host.name)
    }

    private mutating func hear(_ card: PartCard, of name: String, at now: UInt64) -> [Event] {
        guard var member = members[name], card.nonce == member.card.nonce, card.beat != member.card.beat else {
            return []
        }
        let wasVanished = member.isVanished
        let problem = member.card.problem == nil ? card.problem : nil
        (member.card, member.heard, member.isVanished) = (card, now, false)
        members[name] = member
        return (wasVanished ? [.returned(name: name)] : [])
            + (problem.map { [.failed(name: name, problem: $0)] } ?? [])
    }

    private mutating func judge(_ name: String, at now: UInt64) -> [Event] {
        guard let member = members[name], !member.isVanished, member.card.stage < .handedIn,
            now - min(now, member.heard) > Self.longestSilence
        else { return [] }
        members[name]?.isVanished = true
        return [.vanished(name: name)]
    }
}
