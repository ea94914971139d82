/// Why a client or a sink could not begin. What goes wrong later is a call's status.
package enum MessagingError: Error, Equatable, CustomStringConvertible {
    /// The text is no address.
    case address(text: String)
    /// A certificate or a key can't be read or used.
    case security(words: String)
    /// The address can't be listened on.
    case notBound(address: SinkAddress, words: String)

    /// One line that says what to do.
    package var description: String {
        switch self {
        case .address(let text): "\(text): not an address: write unix:///path or tcp://host:port"
        case .security(let words): words
        case .notBound(let address, let words): "\(address): cannot listen there: \(words)"
        }
    }
}
