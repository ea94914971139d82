package import Workload

/// A fault that was injected.
package struct FaultEvent: Equatable, Sendable {
    /// What was done.
    package var kind: FaultKind
    /// Where in its course the process was; empty for any moment.
    package var boundary: String
    /// The process, or the server.
    package var target: String
    /// When it was done, in nanoseconds of the monotonic clock.
    package var began: UInt64
    /// When the process, or the server, was at work again; `nil` where another took its place.
    package var ended: UInt64?
    /// Bytes of its files that the server lost; `nil` where none could be.
    package var lostBytes: Int?

    /// A fault of these values.
    package init(_ kind: FaultKind, boundary: String = "", target: String, began: UInt64, ended: UInt64? = nil) {
        self.kind = kind
        self.boundary = boundary
        self.target = target
        self.began = began
        self.ended = ended
    }
}
