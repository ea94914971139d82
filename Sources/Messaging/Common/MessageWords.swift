import GRPCCore

/// One line out of a library's error, its causes included: the outermost alone rarely says what to do.
enum MessageWords {
    /// The words of an error and what caused it.
    static func of(_ error: any Error) -> String {
        switch error {
        case let error as RPCError: join(error.message, error.cause)
        case let error as RuntimeError: join(error.message, error.cause)
        default: "\(error)"
        }
    }

    private static func join(_ words: String, _ cause: (any Error)?) -> String {
        guard let cause else { return words }
        return "\(words) (\(of(cause)))"
    }
}
