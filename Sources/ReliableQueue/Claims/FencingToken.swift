/// Says which of two claims came later, across restarts and failovers of Redis: whoever guards a side effect refuses a
/// token lower than one that it has seen for the same task.
public struct FencingToken: Hashable, Comparable, Sendable {
    /// Moves on whenever Redis' data may have been rolled back.
    public var epoch: UInt64
    /// Moves on with each claim in an epoch.
    public var sequence: UInt64

    /// A token by its parts.
    public init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Earlier epoch first, then earlier claim.
    public static func < (left: Self, right: Self) -> Bool {
        (left.epoch, left.sequence) < (right.epoch, right.sequence)
    }

    /// Reads `epoch:sequence`, as the scripts write it.
    init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let epoch = UInt64(parts[0]), let sequence = UInt64(parts[1]) else { return nil }
        self.init(epoch: epoch, sequence: sequence)
    }
}

extension FencingToken: CustomStringConvertible {
    /// `epoch:sequence`.
    public var description: String { "\(epoch):\(sequence)" }
}
