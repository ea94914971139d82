import Foundation

/// The certificates that tests speak TLS with: PEM files, made by the script beside them.
public enum TestCertificates {
    /// What signed the sink's.
    public static var root: String { get throws { try path("root.pem") } }
    /// What signed nobody's.
    public static var otherRoot: String { get throws { try path("other-root.pem") } }
    /// The sink's, for `localhost`.
    public static var sink: String { get throws { try path("sink.pem") } }
    /// Its private key.
    public static var sinkKey: String { get throws { try path("sink.key") } }

    private static func path(_ name: String) throws -> String {
        guard let url = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Certificates") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return url.path
    }
}
