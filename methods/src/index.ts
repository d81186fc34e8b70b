// The public face of the methods: other rooms import from here and from nowhere else in this room.
export {};
