/** The literal address, never a name: `localhost` may resolve to another listener (`::1`). */
export const loopback = '127.0.0.1'
export const defaultGatewayPort = 18_789
export const defaultHostPort = 18_788
