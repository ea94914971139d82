import GRPCCore

/// A gRPC status code other than OK (grpc/doc/statuscodes.md).
package enum MessageStatus: Int, CaseIterable, Sendable {
    case cancelled = 1
    case unknown
    case invalidArgument
    case deadlineExceeded
    case notFound
    case alreadyExists
    case permissionDenied
    case resourceExhausted
    case failedPrecondition
    case aborted
    case outOfRange
    case unimplemented
    case `internal`
    case unavailable
    case dataLoss
    case unauthenticated

    /// The code as the specification writes it, such as `DEADLINE_EXCEEDED`.
    package var name: String {
        "\(self)".reduce(into: "") { name, letter in
            if letter.isUppercase { name += "_" }
            name += letter.uppercased()
        }
    }

    /// The code of this name, in capitals or not.
    package init?(name: String) {
        guard let status = Self.allCases.first(where: { $0.name == name.uppercased() }) else { return nil }
        self = status
    }

    /// Whether a placement that ended so may succeed the next time.
    ///
    /// Placing again is always safe, since the sink knows what it has. What the sink said about the request itself
    /// stays true (a body too long, a superseded token), and so is not tried again; a broken or crowded way to it may
    /// be better by then.
    package var isTransient: Bool {
        switch self {
        case .unavailable, .deadlineExceeded, .aborted, .internal, .unknown, .cancelled: true
        default: false
        }
    }

    /// The code that a library's error carries.
    init(_ code: RPCError.Code) { self = MessageStatus(rawValue: code.rawValue) ?? .unknown }

    /// The code for the library.
    var code: RPCError.Code { Status.Code(rawValue: rawValue).flatMap { RPCError.Code($0) } ?? .unknown }
}
