/// What is on its way in one direction of a connection: bytes that arrive in the order in which they were sent, none before it
/// is due.
///
/// A value: the clock comes in as a parameter. Appending and taking cost a constant time, amortised.
package struct DelayLine {
    /// So many bytes may be on their way, and one piece more: whoever sends waits then, as for a full socket.
    package static let capacity = 4 << 20

    private struct Piece {
        let bytes: [UInt8]
        let due: ContinuousClock.Instant
    }

    private var pieces: [Piece] = []
    /// Those that have arrived and were not removed yet.
    private var arrivedPieces = 0
    /// What has arrived of the first of the others.
    private var arrivedBytes = 0
    private var bytes = 0
    private var endsAt: ContinuousClock.Instant?

    /// Nothing is on its way.
    package init() {}

    /// Whether more may be sent.
    package var hasRoom: Bool { bytes < Self.capacity && endsAt == nil }

    /// Sends bytes.
    package mutating func append(_ bytes: [UInt8], due: ContinuousClock.Instant) {
        pieces.append(Piece(bytes: bytes, due: due))
        self.bytes += bytes.count
    }

    /// Says that nothing comes after what was sent.
    package mutating func end(due: ContinuousClock.Instant) { endsAt = due }

    /// When the next thing is due, bytes or the end; `nil` when nothing is on its way.
    package var nextDue: ContinuousClock.Instant? { arrivedPieces < pieces.count ? pieces[arrivedPieces].due : endsAt }

    /// Bytes that are due; none when there are none, or none yet.
    package func due(at now: ContinuousClock.Instant) -> ArraySlice<UInt8> {
        guard arrivedPieces < pieces.count, pieces[arrivedPieces].due <= now else { return [] }
        return pieces[arrivedPieces].bytes.dropFirst(arrivedBytes)
    }

    /// Whether everything has arrived, the end too.
    package func isOver(at now: ContinuousClock.Instant) -> Bool {
        guard let endsAt, arrivedPieces == pieces.count else { return false }
        return endsAt <= now
    }

    /// So many of the bytes that are due have arrived.
    package mutating func didArrive(_ count: Int) {
        bytes -= count
        arrivedBytes += count
        guard arrivedBytes == pieces[arrivedPieces].bytes.count else { return }
        (arrivedPieces, arrivedBytes) = (arrivedPieces + 1, 0)
        if 2 * arrivedPieces >= pieces.count {
            pieces.removeFirst(arrivedPieces)
            arrivedPieces = 0
        }
    }
}
