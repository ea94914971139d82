import Measurement

/// All that the run that gathers its parts says to them.
struct RunCall: Codable, Equatable, Sendable {
    /// Version of what both sides say, and of the journals that are handed in. Another one is not understood.
    static let format = 1_000 + Int(JournalHeader.schemaVersion)

    /// What the parts of one role are to do.
    enum Order: Codable, Equatable, Sendable {
        /// Get ready.
        case wait
        /// Begin, when Redis' clock shows so many nanoseconds.
        case start(at: Int64)
        /// Come to an end.
        case stop
        /// Give the journals away.
        case handIn
        /// Go. The reason says why the run was called off; there is none for one that was carried out.
        case leave(reason: String?)

        /// True from the order to stop on.
        var isEnding: Bool {
            switch self {
            case .wait, .start: false
            case .stop, .handIn, .leave: true
            }
        }
    }

    var format = Self.format
    /// Which run it is.
    let runID: String
    /// The scenario, as its file would have it.
    let scenario: String
    /// The queue's name.
    let queue: String
    /// Whether journals are handed in through Redis; else they are taken from the folder that all share.
    let handsInOverRedis: Bool
    /// Where messages go, once that is known.
    var sink: String?
    /// The parts that were taken, each with its number among those of its role, from 1.
    var seats: [String: Int] = [:]
    /// Those that were not, and why.
    var refusals: [String: String] = [:]
    /// The parts whose journals the run has: they need not keep them.
    var collected: [String] = []
    /// What each role is to do.
    var orders: [PartRole: Order]

    /// The first call of a run.
    init(runID: String, scenario: String, queue: String, handsInOverRedis: Bool) {
        (self.runID, self.scenario, self.queue) = (runID, scenario, queue)
        self.handsInOverRedis = handsInOverRedis
        orders = Dictionary(uniqueKeysWithValues: PartRole.allCases.map { ($0, .wait) })
    }

    /// What the pieces of a part's journals are laid down under: those of another run of the same name are none of this one's.
    func parcel(of part: String) -> String { "\(runID):\(part)" }

    /// What a role is to do.
    func order(for role: PartRole) -> Order { orders[role] ?? .wait }
}

/// The one field of a call that every version has.
struct RunCallFormat: Codable {
    let format: Int
}
