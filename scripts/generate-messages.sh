#!/bin/sh
# Generates the Swift code of Sources/Messaging/message.proto into Sources/Messaging/Generated, which is committed: so an
# ordinary build needs neither protoc nor its plugins. Run it after a change of message.proto.
set -eu
cd "$(dirname "$0")/.."

command -v protoc > /dev/null || { echo "protoc is not installed: apt-get install protobuf-compiler" >&2; exit 1; }
swift build -c release --product protoc-gen-swift
swift build -c release --product protoc-gen-grpc-swift-2
plugins=$(swift build -c release --show-bin-path)

protoc --proto_path=Sources/Messaging message.proto \
  --plugin="$plugins/protoc-gen-swift" \
  --swift_out=Sources/Messaging/Generated \
  --swift_opt=Visibility=Package,UseAccessLevelOnImports=true \
  --plugin="$plugins/protoc-gen-grpc-swift-2" \
  --grpc-swift-2_out=Sources/Messaging/Generated \
  --grpc-swift-2_opt=Visibility=Package,UseAccessLevelOnImports=true
