/** The one channel between preload and main process: the preload asks on it for the port, and gets it on it. */
export const portChannel = "careboard:port";
