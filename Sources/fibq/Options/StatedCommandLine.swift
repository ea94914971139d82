extension CommandLine {
    /// The arguments as a manifest may state them: the program by its name, wherever it lies, and no password.
    static var stated: [String] {
        arguments.enumerated().map { index, argument in
            guard index > 0 else { return String(argument.split(separator: "/").last ?? "fibq") }
            return argument.replacing(/(:\/\/[^:@\/]*:).*@/) { "\($0.output.1)***@" }
        }
    }
}
